-- Searches for a part of a text use indexes of three-letter groups.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

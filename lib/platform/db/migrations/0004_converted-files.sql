ALTER TABLE "model_files" ADD COLUMN "source_sha256" text;--> statement-breakpoint
ALTER TABLE "model_files" ADD COLUMN "converter_version" integer;--> statement-breakpoint
CREATE INDEX "model_files_source" ON "model_files" USING btree ("source_sha256") WHERE "model_files"."source_sha256" is not null;
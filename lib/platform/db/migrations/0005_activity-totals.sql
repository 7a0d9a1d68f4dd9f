CREATE TABLE "activity_totals" (
	"workspace_id" text NOT NULL,
	"day" date NOT NULL,
	"resource_type" text NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "activity_totals_workspace_id_day_resource_type_pk" PRIMARY KEY("workspace_id","day","resource_type")
);
--> statement-breakpoint
DROP INDEX "activity_days";--> statement-breakpoint
ALTER TABLE "activity_totals" ADD CONSTRAINT "activity_totals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- In the order of the key, so that two transactions cannot wait for each other.
CREATE FUNCTION "count_written_activity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "activity_totals" ("workspace_id", "day", "resource_type", "total")
	SELECT "workspace_id", "day", "resource_type", count(*) FROM "written" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
	ON CONFLICT ("workspace_id", "day", "resource_type") DO UPDATE
	SET "total" = "activity_totals"."total" + excluded."total";
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE FUNCTION "count_deleted_activity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "activity_totals" SET "total" = "activity_totals"."total" - "gone"."total"
	FROM (SELECT "workspace_id", "day", "resource_type", count(*) AS "total" FROM "deleted" GROUP BY 1, 2, 3) AS "gone"
	WHERE "activity_totals"."workspace_id" = "gone"."workspace_id" AND "activity_totals"."day" = "gone"."day"
		AND "activity_totals"."resource_type" = "gone"."resource_type";
	RETURN NULL;
END
$$;--> statement-breakpoint
-- Keeps others from writing events until the migration is done: what is counted below and what the triggers count is all there is.
CREATE TRIGGER "activity_written" AFTER INSERT ON "activity_events" REFERENCING NEW TABLE AS "written"
FOR EACH STATEMENT EXECUTE FUNCTION "count_written_activity"();--> statement-breakpoint
CREATE TRIGGER "activity_deleted" AFTER DELETE ON "activity_events" REFERENCING OLD TABLE AS "deleted"
FOR EACH STATEMENT EXECUTE FUNCTION "count_deleted_activity"();--> statement-breakpoint
INSERT INTO "activity_totals" ("workspace_id", "day", "resource_type", "total")
SELECT "workspace_id", "day", "resource_type", count(*) FROM "activity_events" GROUP BY 1, 2, 3;

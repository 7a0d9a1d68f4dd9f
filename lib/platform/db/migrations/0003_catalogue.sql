CREATE TABLE "catalogue_acceptances" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"license" text NOT NULL,
	"user_id" text,
	"accepted_at" timestamp (3) with time zone NOT NULL,
	"awaited_address" text,
	CONSTRAINT "catalogue_acceptances_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "catalogue_files" (
	"address" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"run_id" text,
	"partial_id" text,
	"entity_tag" text,
	"received_bytes" bigint NOT NULL,
	"total_bytes" bigint,
	"known_sha256" text,
	"sha256" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalogue_acceptances" ADD CONSTRAINT "catalogue_acceptances_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_acceptances" ADD CONSTRAINT "catalogue_acceptances_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_files" ADD CONSTRAINT "catalogue_files_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_acceptances_awaited" ON "catalogue_acceptances" USING btree ("awaited_address");--> statement-breakpoint
CREATE INDEX "catalogue_acceptances_user" ON "catalogue_acceptances" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "catalogue_files_blob" ON "catalogue_files" USING btree ("sha256");
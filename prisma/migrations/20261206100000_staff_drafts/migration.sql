-- What staff have typed into a form and not sent; kept for a day.
CREATE TABLE "staff_drafts" (
    "staff_id" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "staff_drafts_pkey" PRIMARY KEY ("staff_id", "form"),
    CONSTRAINT "staff_drafts_form_check" CHECK (length("form") <= 100),
    CONSTRAINT "staff_drafts_content_sealed" CHECK ("content" LIKE 'v1.%.%'),
    CONSTRAINT "staff_drafts_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "staff_drafts_updated_at_idx" ON "staff_drafts"("updated_at");

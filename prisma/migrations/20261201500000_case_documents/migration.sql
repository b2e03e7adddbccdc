-- Documents of a case: when each was made, signed and given to the family. Evidence: a date is added, and corrected by another row.
CREATE TABLE "case_documents" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "on" DATE,
    "corrects_id" UUID,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "case_documents_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "case_documents_event_check" CHECK ("event" IN ('made', 'signed', 'given')),
    CONSTRAINT "case_documents_on_check" CHECK ("on" IS NOT NULL OR "corrects_id" IS NOT NULL),
    CONSTRAINT "case_documents_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "case_documents_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_documents_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "case_documents"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_documents_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_documents_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "case_documents_family_id_at_idx" ON "case_documents"("family_id", "at");
-- A row is corrected once: a second correction corrects the first.
CREATE UNIQUE INDEX "case_documents_corrects_id_key" ON "case_documents"("corrects_id");

SELECT "make_append_only"('case_documents');

-- What staff say about an activity that took place, or did not; sealed. Only staff read it.
ALTER TABLE "activity_marks" ADD COLUMN "words" TEXT,
    ADD CONSTRAINT "activity_marks_words_sealed" CHECK ("words" LIKE 'v1.%.%');

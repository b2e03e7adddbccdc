-- What came of a visit, in words of staff: sealed. No family reads it.
ALTER TABLE "visits" ADD COLUMN "result" TEXT;

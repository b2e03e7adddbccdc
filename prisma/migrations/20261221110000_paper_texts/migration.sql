-- What is signed has a wording of its own: it speaks of a signature, and not of a button. What was kept before stood for both.
ALTER TABLE "consent_texts" ADD COLUMN "medium" TEXT NOT NULL DEFAULT 'both';
ALTER TABLE "consent_texts" ADD CONSTRAINT "consent_texts_medium_check" CHECK ("medium" IN ('bot', 'paper', 'both'));

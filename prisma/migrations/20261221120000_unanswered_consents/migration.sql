-- Whether anybody's consent is to an older wording, asked with every «Мой день» of a supervisor.
CREATE INDEX "consents_personal_data_version_idx" ON "consents"("version") WHERE "kind" = 'personal-data';

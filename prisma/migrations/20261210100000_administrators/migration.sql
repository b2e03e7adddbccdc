-- Supervisors who may change in the console who may do what. Operators alone set it.
ALTER TABLE "staff_members" ADD COLUMN "administers" BOOLEAN NOT NULL DEFAULT false;

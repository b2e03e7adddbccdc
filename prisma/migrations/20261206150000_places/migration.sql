-- «Куда обратиться»: places outside the centre, which supervisors keep, and families read beside the guide.
CREATE TABLE "places" (
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "territory" TEXT,
    "audience" TEXT NOT NULL,
    "topics" TEXT[] NOT NULL,
    "content" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    CONSTRAINT "places_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "places_audience_check" CHECK ("audience" IN ('everyone', 'adult', 'minor'))
);

-- CreateTable
CREATE TABLE "talks_apart" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "staff_ids" UUID[],
    "since" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "talks_apart_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "talks_apart_member_id_idx" ON "talks_apart"("member_id");

-- AddForeignKey
ALTER TABLE "talks_apart" ADD CONSTRAINT "talks_apart_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "talks_apart" ADD CONSTRAINT "talks_apart_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE UNIQUE INDEX "talks_apart_one_open" ON "talks_apart"("member_id") WHERE "ended_at" IS NULL;

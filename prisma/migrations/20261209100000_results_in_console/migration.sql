-- Survey results are a page of the console: its session opens them, and remembers what a supervisor looked at last.
ALTER TABLE "console_sessions" ADD COLUMN "results_filter" JSONB;

DROP TABLE "results_sessions";
DROP TABLE "results_links";

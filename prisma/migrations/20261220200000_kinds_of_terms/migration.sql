-- Open terms of support are a tenth of all terms, and the planner, which multiplies the shares of code and state, took them for
-- a three-hundredth: it looked up each of ten thousand families by itself.
CREATE STATISTICS "case_terms_kinds" (mcv) ON "code", "state" FROM "case_terms";

ANALYZE "case_terms";

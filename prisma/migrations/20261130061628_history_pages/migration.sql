-- DropIndex
DROP INDEX "RunRecord_startedAt_idx";

-- RedefineTables: a verification has its two ports in columns, so that the last of a path is found however old. Of those that are there the
-- ports are in the record; one that is no JSON stays as it is, and is the evidence of no path.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_VerificationRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "sourcePortId" TEXT NOT NULL,
    "destinationPortId" TEXT NOT NULL,
    "summaryJson" TEXT NOT NULL,
    "verificationJson" TEXT NOT NULL
);
INSERT INTO "new_VerificationRecord" ("id", "startedAt", "status", "sourcePortId", "destinationPortId", "summaryJson", "verificationJson")
SELECT "id", "startedAt", "status", COALESCE(json_extract("record", '$.source.portId'), ''), COALESCE(json_extract("record", '$.destination.portId'), ''), "summaryJson", "verificationJson"
FROM (SELECT *, CASE WHEN json_valid("verificationJson") THEN "verificationJson" ELSE '{}' END AS "record" FROM "VerificationRecord");
DROP TABLE "VerificationRecord";
ALTER TABLE "new_VerificationRecord" RENAME TO "VerificationRecord";
CREATE INDEX "VerificationRecord_startedAt_id_idx" ON "VerificationRecord"("startedAt", "id");
CREATE INDEX "VerificationRecord_sourcePortId_destinationPortId_startedAt_idx" ON "VerificationRecord"("sourcePortId", "destinationPortId", "startedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "RunRecord_startedAt_id_idx" ON "RunRecord"("startedAt", "id");

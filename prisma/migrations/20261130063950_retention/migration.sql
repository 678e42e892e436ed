-- CreateTable
CREATE TABLE "CaptureRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "verificationId" TEXT NOT NULL,
    CONSTRAINT "CaptureRecord_verificationId_fkey" FOREIGN KEY ("verificationId") REFERENCES "VerificationRecord" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RemovedRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "removedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "valueJson" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "CaptureRecord_verificationId_idx" ON "CaptureRecord"("verificationId");

-- CreateIndex
CREATE INDEX "RemovedRecord_removedAt_idx" ON "RemovedRecord"("removedAt");

-- CreateIndex
CREATE INDEX "PlanRecord_createdAt_id_idx" ON "PlanRecord"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Revision_planId_idx" ON "Revision"("planId");

-- CreateIndex
CREATE INDEX "RunRecord_planId_idx" ON "RunRecord"("planId");

-- Captures of verifications that are there. A record that is no JSON has none.
INSERT INTO "CaptureRecord" ("id", "verificationId")
SELECT json_extract(hop."value", '$.pcap'), MIN(each."id")
FROM (SELECT "id", CASE WHEN json_valid("verificationJson") THEN "verificationJson" ELSE '{}' END AS "record" FROM "VerificationRecord") AS each,
  json_each(each."record", '$.hops') AS hop
WHERE json_extract(hop."value", '$.pcap') IS NOT NULL
GROUP BY json_extract(hop."value", '$.pcap');

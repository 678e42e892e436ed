-- CreateTable
CREATE TABLE "OperationRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "hostIdsJson" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "queuedAt" TEXT NOT NULL,
    "startedAt" TEXT,
    "endedAt" TEXT,
    "aliveUntil" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "HostLease" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "token" INTEGER NOT NULL,
    "operationId" TEXT NOT NULL,
    "takenAt" TEXT NOT NULL,
    "heldUntil" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "OperationRecord_number_key" ON "OperationRecord"("number");

-- CreateIndex
CREATE INDEX "OperationRecord_state_idx" ON "OperationRecord"("state");

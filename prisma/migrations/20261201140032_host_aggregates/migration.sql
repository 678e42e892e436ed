-- AlterTable
ALTER TABLE "Vm" ADD COLUMN "availabilityZone" TEXT;
ALTER TABLE "Vm" ADD COLUMN "hostAggregateId" TEXT;

-- CreateTable
CREATE TABLE "HostAggregate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "hostIdsJson" TEXT NOT NULL,
    "projectIdsJson" TEXT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Host" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "rolesJson" TEXT NOT NULL,
    "availabilityZone" TEXT NOT NULL,
    "agentKind" TEXT NOT NULL,
    "datapathType" TEXT NOT NULL,
    "virtType" TEXT NOT NULL DEFAULT 'auto',
    "hasKvm" BOOLEAN NOT NULL DEFAULT false,
    "isPrepared" BOOLEAN NOT NULL,
    "isReadOnly" BOOLEAN NOT NULL,
    "isAgentAccepted" BOOLEAN NOT NULL DEFAULT false,
    "adoptedHostIdsJson" TEXT NOT NULL DEFAULT '[]',
    "hasRestoreUnit" BOOLEAN NOT NULL DEFAULT false,
    "hasBridgeNetfilter" BOOLEAN NOT NULL DEFAULT false,
    "isSchedulable" BOOLEAN NOT NULL DEFAULT true,
    "tunnelAddress" TEXT,
    "tunnelPrefixLength" INTEGER,
    "tunnelNic" TEXT,
    "dvrMac" TEXT NOT NULL,
    "vmId" TEXT
);
INSERT INTO "new_Host" ("adoptedHostIdsJson", "agentKind", "availabilityZone", "datapathType", "description", "dvrMac", "hasBridgeNetfilter", "hasKvm", "hasRestoreUnit", "id", "isAgentAccepted", "isPrepared", "isReadOnly", "name", "rolesJson", "tunnelAddress", "tunnelNic", "tunnelPrefixLength", "virtType", "vmId") SELECT "adoptedHostIdsJson", "agentKind", "availabilityZone", "datapathType", "description", "dvrMac", "hasBridgeNetfilter", "hasKvm", "hasRestoreUnit", "id", "isAgentAccepted", "isPrepared", "isReadOnly", "name", "rolesJson", "tunnelAddress", "tunnelNic", "tunnelPrefixLength", "virtType", "vmId" FROM "Host";
DROP TABLE "Host";
ALTER TABLE "new_Host" RENAME TO "Host";
CREATE UNIQUE INDEX "Host_name_key" ON "Host"("name");
CREATE UNIQUE INDEX "Host_tunnelAddress_key" ON "Host"("tunnelAddress");
CREATE UNIQUE INDEX "Host_dvrMac_key" ON "Host"("dvrMac");
CREATE UNIQUE INDEX "Host_vmId_key" ON "Host"("vmId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "HostAggregate_name_key" ON "HostAggregate"("name");

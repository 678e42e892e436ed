-- AlterTable
ALTER TABLE "Host" ADD COLUMN "tunnelGatewayIp" TEXT;

-- AlterTable
ALTER TABLE "Port" ADD COLUMN "snatBlock" TEXT;

-- CreateTable
CREATE TABLE "GatewayCluster" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "vip" TEXT NOT NULL,
    "cloudId" TEXT NOT NULL,
    "functionsJson" TEXT NOT NULL,
    "localAsJson" TEXT NOT NULL,
    "peersJson" TEXT NOT NULL,
    "floatingIpPoolsJson" TEXT NOT NULL,
    "memberHostIdsJson" TEXT NOT NULL,
    "importedRecordsJson" TEXT NOT NULL,
    CONSTRAINT "GatewayCluster_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Router" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isAdminStateUp" BOOLEAN NOT NULL,
    "isDistributed" BOOLEAN NOT NULL,
    "floatingIpMode" TEXT NOT NULL DEFAULT 'dvr',
    "hostId" TEXT,
    "gatewayNetworkId" TEXT,
    "gatewayPortId" TEXT,
    "gatewayIsSnatEnabled" BOOLEAN,
    "linkLocalPair" INTEGER,
    "gatewayClusterId" TEXT,
    "routesJson" TEXT NOT NULL,
    CONSTRAINT "Router_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Router_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Router_gatewayNetworkId_fkey" FOREIGN KEY ("gatewayNetworkId") REFERENCES "Network" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Router_gatewayClusterId_fkey" FOREIGN KEY ("gatewayClusterId") REFERENCES "GatewayCluster" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Router" ("description", "floatingIpMode", "gatewayIsSnatEnabled", "gatewayNetworkId", "gatewayPortId", "hostId", "id", "isAdminStateUp", "isDistributed", "linkLocalPair", "name", "projectId", "routesJson") SELECT "description", "floatingIpMode", "gatewayIsSnatEnabled", "gatewayNetworkId", "gatewayPortId", "hostId", "id", "isAdminStateUp", "isDistributed", "linkLocalPair", "name", "projectId", "routesJson" FROM "Router";
DROP TABLE "Router";
ALTER TABLE "new_Router" RENAME TO "Router";
CREATE UNIQUE INDEX "Router_gatewayPortId_key" ON "Router"("gatewayPortId");
CREATE UNIQUE INDEX "Router_linkLocalPair_key" ON "Router"("linkLocalPair");
CREATE INDEX "Router_projectId_idx" ON "Router"("projectId");
CREATE INDEX "Router_hostId_idx" ON "Router"("hostId");
CREATE INDEX "Router_gatewayNetworkId_idx" ON "Router"("gatewayNetworkId");
CREATE INDEX "Router_gatewayClusterId_idx" ON "Router"("gatewayClusterId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "GatewayCluster_name_key" ON "GatewayCluster"("name");

-- CreateIndex
CREATE UNIQUE INDEX "GatewayCluster_vip_key" ON "GatewayCluster"("vip");

-- CreateIndex
CREATE INDEX "GatewayCluster_networkId_idx" ON "GatewayCluster"("networkId");

-- CreateIndex
CREATE UNIQUE INDEX "Port_snatBlock_key" ON "Port"("snatBlock");

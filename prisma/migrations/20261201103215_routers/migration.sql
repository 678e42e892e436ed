-- AlterTable
ALTER TABLE "Network" ADD COLUMN "isExternal" BOOLEAN;

-- CreateTable
CREATE TABLE "Router" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isAdminStateUp" BOOLEAN NOT NULL,
    "isDistributed" BOOLEAN NOT NULL,
    "hostId" TEXT,
    "gatewayNetworkId" TEXT,
    "gatewayPortId" TEXT,
    "gatewayIsSnatEnabled" BOOLEAN,
    "routesJson" TEXT NOT NULL,
    CONSTRAINT "Router_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Router_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Router_gatewayNetworkId_fkey" FOREIGN KEY ("gatewayNetworkId") REFERENCES "Network" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Router_gatewayPortId_key" ON "Router"("gatewayPortId");

-- CreateIndex
CREATE INDEX "Router_projectId_idx" ON "Router"("projectId");

-- CreateIndex
CREATE INDEX "Router_hostId_idx" ON "Router"("hostId");

-- CreateIndex
CREATE INDEX "Router_gatewayNetworkId_idx" ON "Router"("gatewayNetworkId");

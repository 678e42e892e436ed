-- AlterTable
ALTER TABLE "Router" ADD COLUMN "linkLocalPair" INTEGER;

-- CreateTable
CREATE TABLE "FloatingIp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "projectId" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "portId" TEXT NOT NULL,
    "fixedPortId" TEXT,
    "fixedIpAddress" TEXT,
    "routerId" TEXT,
    "rulePriority" INTEGER,
    CONSTRAINT "FloatingIp_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "FloatingIp_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "FloatingIp_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "FloatingIp_fixedPortId_fkey" FOREIGN KEY ("fixedPortId") REFERENCES "Port" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "FloatingIp_routerId_fkey" FOREIGN KEY ("routerId") REFERENCES "Router" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "FloatingIp_portId_key" ON "FloatingIp"("portId");

-- CreateIndex
CREATE INDEX "FloatingIp_projectId_idx" ON "FloatingIp"("projectId");

-- CreateIndex
CREATE INDEX "FloatingIp_networkId_idx" ON "FloatingIp"("networkId");

-- CreateIndex
CREATE INDEX "FloatingIp_fixedPortId_idx" ON "FloatingIp"("fixedPortId");

-- CreateIndex
CREATE INDEX "FloatingIp_routerId_idx" ON "FloatingIp"("routerId");

-- CreateIndex
CREATE UNIQUE INDEX "Router_linkLocalPair_key" ON "Router"("linkLocalPair");

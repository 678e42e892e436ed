-- CreateTable
CREATE TABLE "PortForwarding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "floatingIpId" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "externalPort" INTEGER NOT NULL,
    "internalPortId" TEXT NOT NULL,
    "internalIpAddress" TEXT NOT NULL,
    "internalPort" INTEGER NOT NULL,
    CONSTRAINT "PortForwarding_floatingIpId_fkey" FOREIGN KEY ("floatingIpId") REFERENCES "FloatingIp" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "PortForwarding_internalPortId_fkey" FOREIGN KEY ("internalPortId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "PortForwarding_floatingIpId_idx" ON "PortForwarding"("floatingIpId");

-- CreateIndex
CREATE INDEX "PortForwarding_internalPortId_idx" ON "PortForwarding"("internalPortId");

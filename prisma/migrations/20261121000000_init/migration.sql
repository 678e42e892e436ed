-- CreateTable
CREATE TABLE "DesignState" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Host" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "rolesJson" TEXT NOT NULL,
    "availabilityZone" TEXT NOT NULL,
    "agentKind" TEXT NOT NULL,
    "datapathType" TEXT NOT NULL,
    "isPrepared" BOOLEAN NOT NULL,
    "isReadOnly" BOOLEAN NOT NULL,
    "tunnelAddress" TEXT,
    "tunnelPrefixLength" INTEGER,
    "tunnelNic" TEXT,
    "dvrMac" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "BridgeMapping" (
    "hostId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "physicalNetworkId" TEXT NOT NULL,
    "bridge" TEXT NOT NULL,
    "nic" TEXT NOT NULL,

    PRIMARY KEY ("hostId", "position"),
    CONSTRAINT "BridgeMapping_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "BridgeMapping_physicalNetworkId_fkey" FOREIGN KEY ("physicalNetworkId") REFERENCES "PhysicalNetwork" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "HostAccess" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "user" TEXT NOT NULL,
    "authKind" TEXT NOT NULL,
    "privateKeyPath" TEXT,
    "socketPath" TEXT,
    "sealedSecret" TEXT,
    "fingerprint" TEXT
);

-- CreateTable
CREATE TABLE "PhysicalNetwork" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "mtu" INTEGER NOT NULL,
    "vlanRangesJson" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Network" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "physicalNetworkId" TEXT,
    "segmentationId" INTEGER,
    "segmentKey" TEXT NOT NULL,
    "mtu" INTEGER NOT NULL,
    "isAdminStateUp" BOOLEAN NOT NULL,
    CONSTRAINT "Network_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Network_physicalNetworkId_fkey" FOREIGN KEY ("physicalNetworkId") REFERENCES "PhysicalNetwork" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Subnet" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "networkId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cidr" TEXT NOT NULL,
    "gatewayIp" TEXT,
    "isDhcpEnabled" BOOLEAN NOT NULL,
    "dnsNameserversJson" TEXT NOT NULL,
    "allocationPoolsJson" TEXT NOT NULL,
    CONSTRAINT "Subnet_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Port" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "networkId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "macAddress" TEXT NOT NULL,
    "hostId" TEXT,
    "deviceOwner" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "isAdminStateUp" BOOLEAN NOT NULL,
    "isPortSecurityEnabled" BOOLEAN NOT NULL,
    CONSTRAINT "Port_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Port_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FixedIp" (
    "portId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "subnetId" TEXT NOT NULL,
    "ipAddress" TEXT NOT NULL,

    PRIMARY KEY ("portId", "position"),
    CONSTRAINT "FixedIp_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FixedIp_subnetId_fkey" FOREIGN KEY ("subnetId") REFERENCES "Subnet" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Vm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "memoryMib" INTEGER NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "bootJson" TEXT NOT NULL,
    CONSTRAINT "Vm_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Vm_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "VmNic" (
    "vmId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "portId" TEXT NOT NULL,

    PRIMARY KEY ("vmId", "position"),
    CONSTRAINT "VmNic_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "VmNic_portId_fkey" FOREIGN KEY ("portId") REFERENCES "Port" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LocalVlan" (
    "hostId" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "vlan" INTEGER NOT NULL,

    PRIMARY KEY ("hostId", "networkId"),
    CONSTRAINT "LocalVlan_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LocalVlan_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Revision" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "createdAt" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "summaryJson" TEXT NOT NULL,
    "topologyJson" TEXT NOT NULL,
    "changesJson" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "PlanRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "createdAt" TEXT NOT NULL,
    "planJson" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "RunRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "planId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "summaryJson" TEXT NOT NULL,
    "runJson" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "VerificationRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "summaryJson" TEXT NOT NULL,
    "verificationJson" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "JournalEntry" (
    "streamId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "eventJson" TEXT NOT NULL,

    PRIMARY KEY ("streamId", "seq")
);

-- CreateTable
CREATE TABLE "ObservationRecord" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "observedAt" TEXT NOT NULL,
    "observationJson" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Project_name_key" ON "Project"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Host_name_key" ON "Host"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Host_tunnelAddress_key" ON "Host"("tunnelAddress");

-- CreateIndex
CREATE UNIQUE INDEX "Host_dvrMac_key" ON "Host"("dvrMac");

-- CreateIndex
CREATE UNIQUE INDEX "BridgeMapping_hostId_physicalNetworkId_key" ON "BridgeMapping"("hostId", "physicalNetworkId");

-- CreateIndex
CREATE UNIQUE INDEX "BridgeMapping_hostId_bridge_key" ON "BridgeMapping"("hostId", "bridge");

-- CreateIndex
CREATE UNIQUE INDEX "BridgeMapping_hostId_nic_key" ON "BridgeMapping"("hostId", "nic");

-- CreateIndex
CREATE UNIQUE INDEX "PhysicalNetwork_name_key" ON "PhysicalNetwork"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Network_segmentKey_key" ON "Network"("segmentKey");

-- CreateIndex
CREATE INDEX "Network_projectId_idx" ON "Network"("projectId");

-- CreateIndex
CREATE INDEX "Subnet_networkId_idx" ON "Subnet"("networkId");

-- CreateIndex
CREATE INDEX "Port_hostId_idx" ON "Port"("hostId");

-- CreateIndex
CREATE UNIQUE INDEX "Port_networkId_macAddress_key" ON "Port"("networkId", "macAddress");

-- CreateIndex
CREATE UNIQUE INDEX "FixedIp_subnetId_ipAddress_key" ON "FixedIp"("subnetId", "ipAddress");

-- CreateIndex
CREATE INDEX "Vm_hostId_idx" ON "Vm"("hostId");

-- CreateIndex
CREATE UNIQUE INDEX "VmNic_portId_key" ON "VmNic"("portId");

-- CreateIndex
CREATE UNIQUE INDEX "LocalVlan_hostId_vlan_key" ON "LocalVlan"("hostId", "vlan");

-- CreateIndex
CREATE INDEX "RunRecord_startedAt_idx" ON "RunRecord"("startedAt");

-- CreateIndex
CREATE INDEX "RunRecord_status_idx" ON "RunRecord"("status");

-- CreateIndex
CREATE INDEX "VerificationRecord_startedAt_idx" ON "VerificationRecord"("startedAt");

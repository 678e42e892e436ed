-- AlterTable
ALTER TABLE "Network" ADD COLUMN "conntrackZone" INTEGER;

-- AlterTable
ALTER TABLE "Port" ADD COLUMN "allowedAddressPairsJson" TEXT;
ALTER TABLE "Port" ADD COLUMN "conntrackZone" INTEGER;
ALTER TABLE "Port" ADD COLUMN "securityGroupIdsJson" TEXT;

-- CreateTable
CREATE TABLE "SecurityGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "description" TEXT NOT NULL DEFAULT '',
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "SecurityGroup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SecurityGroupRule" (
    "groupId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "etherType" TEXT NOT NULL,
    "protocol" TEXT,
    "portRangeMin" INTEGER,
    "portRangeMax" INTEGER,
    "remoteIpPrefix" TEXT,
    "remoteGroupId" TEXT,
    "description" TEXT NOT NULL,

    PRIMARY KEY ("groupId", "position"),
    CONSTRAINT "SecurityGroupRule_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "SecurityGroup" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SecurityGroupRule_remoteGroupId_fkey" FOREIGN KEY ("remoteGroupId") REFERENCES "SecurityGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "SecurityGroup_projectId_idx" ON "SecurityGroup"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "SecurityGroupRule_id_key" ON "SecurityGroupRule"("id");

-- CreateIndex
CREATE INDEX "SecurityGroupRule_remoteGroupId_idx" ON "SecurityGroupRule"("remoteGroupId");

-- CreateIndex
CREATE UNIQUE INDEX "Network_conntrackZone_key" ON "Network"("conntrackZone");

-- CreateIndex
CREATE UNIQUE INDEX "Port_conntrackZone_key" ON "Port"("conntrackZone");

-- Each project has a group `default` with Neutron's four rules, which its new ports are in. Ports that are there already are in none, and stay unfiltered.
-- The last applied design has these groups too: it is what changes are counted from and go back to, and on hosts nothing is lacking for them.
CREATE TABLE "DefaultGroup" ("id" TEXT NOT NULL PRIMARY KEY, "projectId" TEXT NOT NULL);
INSERT INTO "DefaultGroup" ("id", "projectId")
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), "projectId"
FROM (
    SELECT "id" AS "projectId" FROM "Project"
    UNION
    SELECT json_extract("value", '$.id') FROM json_each((SELECT "topologyJson" FROM "Revision" ORDER BY "number" DESC LIMIT 1), '$.projects')
);

CREATE TABLE "DefaultRule" ("id" TEXT NOT NULL PRIMARY KEY, "groupId" TEXT NOT NULL, "position" INTEGER NOT NULL, "direction" TEXT NOT NULL, "etherType" TEXT NOT NULL, "remoteGroupId" TEXT);
INSERT INTO "DefaultRule" ("id", "groupId", "position", "direction", "etherType", "remoteGroupId")
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), "id", "position", "direction", "etherType", CASE "direction" WHEN 'ingress' THEN "id" END
FROM "DefaultGroup"
CROSS JOIN (
    SELECT 0 AS "position", 'egress' AS "direction", 'IPv4' AS "etherType"
    UNION ALL SELECT 1, 'egress', 'IPv6'
    UNION ALL SELECT 2, 'ingress', 'IPv4'
    UNION ALL SELECT 3, 'ingress', 'IPv6'
);

INSERT INTO "SecurityGroup" ("id", "projectId", "name")
SELECT "id", "projectId", 'default' FROM "DefaultGroup" WHERE "projectId" IN (SELECT "id" FROM "Project");
INSERT INTO "SecurityGroupRule" ("groupId", "position", "id", "direction", "etherType", "remoteGroupId", "description")
SELECT "groupId", "position", "id", "direction", "etherType", "remoteGroupId", '' FROM "DefaultRule"
WHERE "groupId" IN (SELECT "id" FROM "SecurityGroup");

UPDATE "Revision" SET "topologyJson" = json_set("topologyJson", '$.securityGroups', (
    SELECT json_group_array(json("group"))
    FROM (
        SELECT json_object('id', "id", 'projectId', "projectId", 'name', 'default', 'rules', (
            SELECT json_group_array(json("rule"))
            FROM (
                SELECT json_object('id', "id", 'direction', "direction", 'etherType', "etherType", 'protocol', NULL, 'portRangeMin', NULL, 'portRangeMax', NULL, 'remoteIpPrefix', NULL, 'remoteGroupId', "remoteGroupId", 'description', '') AS "rule"
                FROM "DefaultRule" WHERE "groupId" = "DefaultGroup"."id" ORDER BY "position"
            )
        )) AS "group"
        FROM "DefaultGroup"
        WHERE "projectId" IN (SELECT json_extract("value", '$.id') FROM json_each("topologyJson", '$.projects'))
        ORDER BY "id"
    )
))
WHERE "number" = (SELECT MAX("number") FROM "Revision");

DROP TABLE "DefaultRule";
DROP TABLE "DefaultGroup";

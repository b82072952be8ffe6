import { BlockList, isIP } from "node:net";

/** What of IPv4 is not the public internet (IANA special-purpose registry), with multicast and what is reserved. */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** What lies inside the public part of IPv6 and leads elsewhere all the same: protocol blocks with Teredo, documentation, 6to4. */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

function listOf(networks: readonly (readonly [string, number])[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

const closedV4 = listOf(NOT_PUBLIC_V4, "ipv4");
const closedV6 = listOf(NOT_PUBLIC_V6, "ipv6");
/** All of IPv6 that is given out; what embeds an IPv4 address, such as `::ffff:127.0.0.1`, lies outside of it. */
const openV6 = listOf([["2000::", 3]], "ipv6");

/** Whether an IP address is one of the public internet: not this machine, nor its network, nor anybody's metadata service. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closedV4.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  return openV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
}

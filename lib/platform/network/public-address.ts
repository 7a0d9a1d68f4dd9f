import ipaddr from 'ipaddr.js';

/** Public by its number, yet inside every virtual machine of one cloud: the service that hands out its secrets. */
const cloudSecretsAddress = '168.63.129.16';

/** 2000::/3: what IANA gives out for the internet. All else is local, historic or not given out. */
const globalUnicast = ipaddr.IPv6.parse('2000::');

/**
 * Whether an IP address, as a resolver writes it, belongs to the public internet. Private, loopback, link-local, shared
 * (CGNAT), multicast, documentation, reserved and unspecified addresses do not; nor do the tunnels 6to4 and Teredo. An IPv4
 * address within an IPv6 one (mapped, NAT64) is judged by itself. What is no address is not public.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return isPublicIpv4(address);
  const inner = innerIpv4(address);
  if (inner !== null) return isPublicIpv4(inner);
  return address.range() === 'unicast' && address.match(globalUnicast, 3);
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && address.toString() !== cloudSecretsAddress;
}

/** The IPv4 address that a packet to `address` really reaches, if there is one. */
function innerIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const isWellKnownNat64 = address.range() === 'rfc6052' && address.parts[2] === 0;
  return isWellKnownNat64 ? new ipaddr.IPv4(address.toByteArray().slice(12)) : null;
}

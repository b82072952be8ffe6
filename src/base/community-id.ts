declare const proven: unique symbol;

/**
 * The id of a community of which someone has already proved that the caller may act in it.
 * A store function that demands one cannot be called with an unchecked string.
 */
export type CommunityId = string & { readonly [proven]: "community" };

/**
 * Mints a proven id. Call it only where the proof is: the procedure builder after the permission check, a batch
 * writer for the community whose lease it holds, the command line of the machine's owner, a test.
 */
export function provenCommunity(id: string): CommunityId {
  // The only place of this cast: the brand exists for the compiler alone.
  return id as CommunityId;
}

/** Where somebody who must sign in goes, and from where they come back. */
export function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const back = pathname.replace(/\.data$/, "") + search;
  return `/console/sign-in?back=${encodeURIComponent(back)}`;
}

/** First parts of addresses, now or some day, and names that people would take for the operator's own. */
const reservedNames: ReadonlySet<string> = new Set(
  `abuse account accounts activity admin administrator agents annotate annotations anonymous assets auth avatar avatars
  backup billing blog cache callback careers changelog checkout community compare compliance config console contact
  cookies copyright credits dashboard data dataset datasets default demo deploy deployment deployments docs
  documentation download downloads edit editor enterprise error errors events example examples explore export exports
  false favicon feed feedback files forgot guest guides health help home hostmaster icon images import imports index
  info integrations internal invite invites invoice invoices jobs json label labels legal library licence license
  list live local localhost login logout logs mail manifest marketplace media members metrics model models
  monitor news null oauth oidc onboarding openapi organisation organization organizations owner pages password payment
  payments plan plans platform playground popular postmaster predict press pricing privacy profile profiles project
  projects public ready recent redirect register registry releases report reset robots root runs sample samples
  search security self service services session sessions settings shared sign sightline sign-in sign-out sign-up
  signin signout signup sitemap source staff start starred static status storage store subscribe support system tags
  team teams template templates terms test tests token tokens tour tours train training trash tutorials ultralytics
  undefined upgrade upload uploads usage user username users verify version video videos webhook webhooks webmaster
  welcome well-known worker workers workspace workspaces yolo yololabel your-username`.split(/\s+/),
);

/** Whether a name may not be anybody's, because it is or may become an address of the platform itself. */
export function isReservedName(name: string): boolean {
  return reservedNames.has(name);
}

import {
  Activity,
  BookOpen,
  Boxes,
  Database,
  House,
  type LucideIcon,
  Mail,
  ScanEye,
  Settings,
  Trash2,
} from 'lucide-react';

export type Destination = {
  readonly href: `/${string}`;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pressed after G leads there. */
  readonly letter: string;
  /** Who can go there. */
  readonly audience: 'anyone' | 'member' | 'admin';
  /** Where it stands in the rail; `palette` only there. */
  readonly place: 'main' | 'foot' | 'palette';
};

/** The pages of the product, top to bottom. An entry appears here when its page exists. */
const destinations: readonly Destination[] = [
  { href: '/home', label: 'Home', icon: House, letter: 'h', audience: 'member', place: 'main' },
  { href: '/projects', label: 'Projects', icon: Boxes, letter: 'p', audience: 'member', place: 'main' },
  { href: '/test', label: 'Test', icon: ScanEye, letter: 't', audience: 'anyone', place: 'main' },
  { href: '/activity', label: 'Activity', icon: Activity, letter: 'a', audience: 'member', place: 'main' },
  { href: '/storage', label: 'Storage', icon: Database, letter: 'o', audience: 'member', place: 'main' },
  { href: '/trash', label: 'Trash', icon: Trash2, letter: 'x', audience: 'member', place: 'main' },
  { href: '/api/docs', label: 'API reference', icon: BookOpen, letter: 'd', audience: 'anyone', place: 'foot' },
  { href: '/settings', label: 'Settings', icon: Settings, letter: 's', audience: 'member', place: 'foot' },
  { href: '/admin/mails', label: 'Letters', icon: Mail, letter: 'm', audience: 'admin', place: 'palette' },
];

/** The pages this visitor can open. */
export function destinationsFor(visitor: { readonly isAdmin: boolean } | null): readonly Destination[] {
  return destinations.filter(({ audience }) => {
    if (audience === 'anyone') return true;
    return visitor !== null && (audience === 'member' || visitor.isAdmin);
  });
}

/** The page a letter after G leads to, or null. */
export function destinationByLetter(letter: string, among: readonly Destination[]): Destination | null {
  return among.find((destination) => destination.letter === letter.toLowerCase()) ?? null;
}

/** Whether `path` is this page or lies below it. */
export function isWithin(path: string, { href }: Destination): boolean {
  return path === href || path.startsWith(`${href}/`);
}

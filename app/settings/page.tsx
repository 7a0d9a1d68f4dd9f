import { redirect } from 'next/navigation';

/** The settings open at their first tab. */
export default function SettingsFrontPage() {
  redirect('/settings/profile');
}

import { authRoute } from '@/lib/http/auth-handler';

/** GET /api/auth/…: next-auth's session, CSRF token, list of providers, and where providers send people back to. */
export const GET = authRoute;

/** POST /api/auth/…: next-auth's sign-in and sign-out. */
export const POST = authRoute;

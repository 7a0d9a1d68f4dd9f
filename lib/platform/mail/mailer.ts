export type Letter = { readonly to: string; readonly subject: string; readonly text: string };

/** Hands letters to whoever delivers them. */
export type Mailer = {
  /** Resolves when the letter was taken; throws when it was refused or nobody answered. */
  deliver(letter: Letter): Promise<void>;
  close(): void;
};

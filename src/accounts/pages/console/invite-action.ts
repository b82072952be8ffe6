import type { PageApi } from "#src/web/context.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { localeSchema, roleSchema } from "../../model.ts";

/** Makes the invitation that a sent form asks for. */
export function inviteFrom(accounts: PageApi["accounts"], community: string, form: FormData) {
  const [email, language] = [formText(form, "email"), localeSchema.safeParse(formText(form, "language"))];
  return attempt(() =>
    accounts.invite({
      community,
      role: roleSchema.catch("analyst").parse(formText(form, "role")),
      days: Number(formText(form, "days")),
      ...(email !== "" && { email }),
      ...(language.success && { language: language.data }),
    }),
  );
}

import Type from "typebox";
import { ROLES } from "../../domain/admin.ts";
import { Body, Name, OneOf, OrNull, Password } from "../fields.ts";
import { defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

export const SessionObject = Type.Object({
  name: Type.String({ description: "of the admin, or of the token" }),
  role: OneOf(ROLES),
  side: OneOf(SIDES),
  csrf_token: OrNull(Type.String({ description: "goes with every change, as X-CSRF-Token; null with a token" })),
});

export const showSession = defineOperation({
  noun: "session",
  verb: "show",
  method: "GET",
  path: "/session",
  summary: "Who is logged in",
  ...both,
  role: "viewer",
  reply: SessionObject,
});

export const startSession = defineOperation({
  noun: "session",
  verb: "start",
  method: "POST",
  path: "/session",
  summary: "Log in by name and password",
  ...both,
  role: "anyone",
  body: Body({ name: Name(), password: Password("the admin's") }),
  reply: SessionObject,
  status: 201,
  refuses: ["invalid_credentials", "account_locked", "too_many_requests"],
  isHidden: true,
});

export const endSession = defineOperation({
  noun: "session",
  verb: "end",
  method: "DELETE",
  path: "/session",
  summary: "Log out",
  ...both,
  role: "viewer",
  status: 204,
  isHidden: true,
});

export const changeOwnPassword = defineOperation({
  noun: "session",
  verb: "change-password",
  method: "POST",
  path: "/session/password",
  summary: "Change one's own password; every other session of one's own ends, and this one gets a new cookie",
  ...both,
  role: "viewer",
  body: Body({ current_password: Password("as it is"), new_password: Password("10 characters at least") }),
  reply: SessionObject,
  refuses: ["invalid_credentials", "account_locked", "too_many_requests", "invalid_field"],
  isHidden: true,
});

import Type, { type Static } from "typebox";
import type { ReplySigner } from "../../signing/reply-signer.ts";
import type { DeviceLicense } from "../../use-cases/vendor/devices/show-device-license.ts";
import { formatDate } from "../../wire/date.ts";
import { Nullable } from "../../wire/fields.ts";
import { DeviceLicenseObject, deviceLicenseToWire, fileToWire, InstallationFileObject } from "./license-object.ts";

const { installation_file: _text, ...shared } = DeviceLicenseObject.properties;

/** The license object of an activation. */
export const ActivationObject = Type.Object(
  {
    ...shared,
    request: Type.Literal("activation"),
    active: Type.Boolean(),
    username: Type.Optional(Type.String({ description: "on licenses of user-based products" })),
    variables: Type.Array(
      Type.Object({
        variable: Type.String(),
        value: Type.String(),
        device_id: Type.Integer(),
        created_at: Type.String(),
      }),
    ),
    installation_file: Nullable(InstallationFileObject),
  },
  { $id: "ActivationObject" },
);
export type ActivationObject = Static<typeof ActivationObject>;

export async function activationToWire(shown: DeviceLicense, signer: ReplySigner): Promise<ActivationObject> {
  const { device, user, file } = shown;
  const object = await deviceLicenseToWire(shown, signer);
  return {
    ...object,
    request: "activation",
    active: device.active,
    ...(user !== undefined && { username: user.username }),
    variables: device.variables.map(({ name, value, createdAt }) => ({
      variable: name,
      value,
      device_id: device.id,
      created_at: formatDate(createdAt),
    })),
    installation_file: file === undefined ? null : fileToWire(file),
  };
}

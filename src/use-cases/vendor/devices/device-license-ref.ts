/** Which license a device means: a product's, by its key or by its user, and where there are several by its id. */
export interface DeviceLicenseRef {
  readonly product: string;
  readonly licenseId?: number | undefined;
  readonly key?: string | undefined;
  readonly username?: string | undefined;
  readonly bundleCode?: string | undefined;
}

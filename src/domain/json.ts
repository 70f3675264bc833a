/** What JSON can hold; used for free-form data that a vendor attaches and we only carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

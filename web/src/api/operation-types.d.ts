// Generated from the operations of the management API by `npm run check -- --write`.
import type * as M from "../../../schemas/management.d.ts";

export interface OperationTypes {
  "feature create": {
    params: {
      /** code */
      product: string;
    };
    query: {
    };
    body: M.FeatureCreateRequest;
    reply: M.FeatureCreateReply;
  };
  "product create": {
    params: {
    };
    query: {
    };
    body: M.ProductCreateRequest;
    reply: M.ProductCreateReply;
  };
  "feature delete": {
    params: {
      /** code of the product */
      product: string;
      /** code */
      feature: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "product delete": {
    params: {
      /** code */
      product: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "feature list": {
    params: {
      /** code */
      product: string;
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "code" | "code.in" | "code.contains" | "name" | "name.in" | "name.contains" | "type" | "type.in" | "type.contains"]?: string };
    body: undefined;
    reply: M.FeatureListReply;
    item: M.FeatureListReply["data"][number];
  };
  "product list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "code" | "code.in" | "code.contains" | "name" | "name.in" | "name.contains" | "state" | "state.in" | "state.contains" | "authorization_method" | "authorization_method.in" | "authorization_method.contains" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.ProductListReply;
    item: M.ProductListReply["data"][number];
  };
  "feature show": {
    params: {
      /** code of the product */
      product: string;
      /** code */
      feature: string;
    };
    query: {
    };
    body: undefined;
    reply: M.FeatureShowReply;
  };
  "product show": {
    params: {
      /** code */
      product: string;
    };
    query: {
    };
    body: undefined;
    reply: M.ProductShowReply;
  };
  "feature update": {
    params: {
      /** code of the product */
      product: string;
      /** code */
      feature: string;
    };
    query: {
    };
    body: M.FeatureUpdateRequest;
    reply: M.FeatureUpdateReply;
  };
  "product update": {
    params: {
      /** code */
      product: string;
    };
    query: {
    };
    body: M.ProductUpdateRequest;
    reply: M.ProductUpdateReply;
  };
  "policy create": {
    params: {
    };
    query: {
    };
    body: M.PolicyCreateRequest;
    reply: M.PolicyCreateReply;
  };
  "policy delete": {
    params: {
      policy: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "policy list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "product" | "product.in" | "product.contains" | "code" | "code.in" | "code.contains" | "name" | "name.in" | "name.contains" | "type" | "type.in" | "type.contains" | "is_trial" | "is_trial.in"]?: string };
    body: undefined;
    reply: M.PolicyListReply;
    item: M.PolicyListReply["data"][number];
  };
  "policy show": {
    params: {
      policy: number;
    };
    query: {
    };
    body: undefined;
    reply: M.PolicyShowReply;
  };
  "policy update": {
    params: {
      policy: number;
    };
    query: {
    };
    body: M.PolicyUpdateRequest;
    reply: M.PolicyUpdateReply;
  };
  "bundle create": {
    params: {
    };
    query: {
    };
    body: M.BundleCreateRequest;
    reply: M.BundleCreateReply;
  };
  "bundle delete": {
    params: {
      /** code */
      bundle: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "bundle issue": {
    params: {
      /** code */
      bundle: string;
    };
    query: {
    };
    body: M.BundleIssueRequest;
    reply: M.BundleIssueReply;
  };
  "bundle list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "code" | "code.in" | "code.contains" | "name" | "name.in" | "name.contains"]?: string };
    body: undefined;
    reply: M.BundleListReply;
    item: M.BundleListReply["data"][number];
  };
  "bundle show": {
    params: {
      /** code */
      bundle: string;
    };
    query: {
    };
    body: undefined;
    reply: M.BundleShowReply;
  };
  "bundle update": {
    params: {
      /** code */
      bundle: string;
    };
    query: {
    };
    body: M.BundleUpdateRequest;
    reply: M.BundleUpdateReply;
  };
  "version create": {
    params: {
    };
    query: {
    };
    body: M.VersionCreateRequest;
    reply: M.VersionCreateReply;
  };
  "version delete": {
    params: {
      version: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "version list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "product" | "product.in" | "product.contains" | "version" | "version.in" | "version.contains" | "environment" | "environment.in" | "environment.contains" | "channel" | "channel.in" | "channel.contains" | "is_enabled" | "is_enabled.in" | "released_at" | "released_at.in" | "released_at.gte" | "released_at.lte" | "size_bytes" | "size_bytes.in" | "size_bytes.gte" | "size_bytes.lte" | "url" | "url.in" | "url.contains" | "md5" | "md5.in" | "md5.contains" | "requires_version" | "requires_version.in" | "requires_version.contains"]?: string };
    body: undefined;
    reply: M.VersionListReply;
    item: M.VersionListReply["data"][number];
  };
  "version show": {
    params: {
      version: number;
    };
    query: {
    };
    body: undefined;
    reply: M.VersionShowReply;
  };
  "version update": {
    params: {
      version: number;
    };
    query: {
    };
    body: M.VersionUpdateRequest;
    reply: M.VersionUpdateReply;
  };
  "license assign-user": {
    params: {
      license: number;
      username: string;
    };
    query: {
    };
    body: M.LicenseAssignUserRequest;
    reply: M.LicenseAssignUserReply;
  };
  "license bulk": {
    params: {
    };
    query: {
    };
    body: M.LicenseBulkRequest;
    reply: M.LicenseBulkReply;
  };
  "license create": {
    params: {
    };
    query: {
    };
    body: M.LicenseCreateRequest;
    reply: M.LicenseCreateReply;
  };
  "license delete": {
    params: {
      license: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "license disable": {
    params: {
      license: number;
    };
    query: {
    };
    body: undefined;
    reply: M.LicenseDisableReply;
  };
  "license enable": {
    params: {
      license: number;
    };
    query: {
    };
    body: undefined;
    reply: M.LicenseEnableReply;
  };
  "license list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "product" | "product.in" | "product.contains" | "key" | "key.in" | "key.contains" | "type" | "type.in" | "type.contains" | "is_active" | "is_active.in" | "is_enabled" | "is_enabled.in" | "valid_until" | "valid_until.in" | "valid_until.gte" | "valid_until.lte" | "customer_id" | "customer_id.in" | "customer_id.gte" | "customer_id.lte" | "order_id" | "order_id.in" | "order_id.gte" | "order_id.lte" | "policy_id" | "policy_id.in" | "policy_id.gte" | "policy_id.lte" | "bundle" | "bundle.in" | "bundle.contains" | "issued_at" | "issued_at.in" | "issued_at.gte" | "issued_at.lte"]?: string };
    body: undefined;
    reply: M.LicenseListReply;
    item: M.LicenseListReply["data"][number];
  };
  "license reset": {
    params: {
      license: number;
    };
    query: {
    };
    body: undefined;
    reply: M.LicenseResetReply;
  };
  "license show": {
    params: {
      license: number;
    };
    query: {
    };
    body: undefined;
    reply: M.LicenseShowReply;
  };
  "license unassign-user": {
    params: {
      license: number;
      username: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "license update": {
    params: {
      license: number;
    };
    query: {
    };
    body: M.LicenseUpdateRequest;
    reply: M.LicenseUpdateReply;
  };
  "device admit": {
    params: {
      license: number;
      /** hardware id */
      device: string;
    };
    query: {
    };
    body: undefined;
    reply: M.DeviceAdmitReply;
  };
  "device blacklist": {
    params: {
      license: number;
      /** hardware id */
      device: string;
    };
    query: {
    };
    body: undefined;
    reply: M.DeviceBlacklistReply;
  };
  "device deactivate": {
    params: {
      license: number;
      /** hardware id */
      device: string;
    };
    query: {
    };
    body: undefined;
    reply: M.DeviceDeactivateReply;
  };
  "device list": {
    params: {
      license: number;
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "hardware_id" | "hardware_id.in" | "hardware_id.contains" | "is_active" | "is_active.in" | "is_blacklisted" | "is_blacklisted.in" | "user_id" | "user_id.in" | "user_id.gte" | "user_id.lte" | "activated_at" | "activated_at.in" | "activated_at.gte" | "activated_at.lte" | "seen_at" | "seen_at.in" | "seen_at.gte" | "seen_at.lte"]?: string };
    body: undefined;
    reply: M.DeviceListReply;
    item: M.DeviceListReply["data"][number];
  };
  "device set-variables": {
    params: {
      license: number;
      /** hardware id */
      device: string;
    };
    query: {
    };
    body: M.DeviceSetVariablesRequest;
    reply: M.DeviceSetVariablesReply;
  };
  "device show": {
    params: {
      license: number;
      /** hardware id */
      device: string;
    };
    query: {
    };
    body: undefined;
    reply: M.DeviceShowReply;
  };
  "request answer": {
    params: {
    };
    query: {
    };
    body: M.RequestAnswerRequest;
    reply: M.RequestAnswerReply;
  };
  "request deactivate": {
    params: {
    };
    query: {
    };
    body: M.RequestDeactivateRequest;
    reply: M.RequestDeactivateReply;
  };
  "request inspect": {
    params: {
    };
    query: {
    };
    body: M.RequestInspectRequest;
    reply: M.RequestInspectReply;
  };
  "license refresh-file": {
    params: {
      license: number;
    };
    query: {
    };
    body: M.LicenseRefreshFileRequest;
    reply: M.LicenseRefreshFileReply;
  };
  "customer create": {
    params: {
    };
    query: {
    };
    body: M.CustomerCreateRequest;
    reply: M.CustomerCreateReply;
  };
  "customer delete": {
    params: {
      customer: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "customer list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "email" | "email.in" | "email.contains" | "company_name" | "company_name.in" | "company_name.contains" | "first_name" | "first_name.in" | "first_name.contains" | "last_name" | "last_name.in" | "last_name.contains" | "phone" | "phone.in" | "phone.contains" | "address" | "address.in" | "address.contains" | "city" | "city.in" | "city.contains" | "country" | "country.in" | "country.contains" | "postcode" | "postcode.in" | "postcode.contains" | "state" | "state.in" | "state.contains" | "reference" | "reference.in" | "reference.contains" | "account_code" | "account_code.in" | "account_code.contains"]?: string };
    body: undefined;
    reply: M.CustomerListReply;
    item: M.CustomerListReply["data"][number];
  };
  "customer show": {
    params: {
      customer: number;
    };
    query: {
    };
    body: undefined;
    reply: M.CustomerShowReply;
  };
  "customer update": {
    params: {
      customer: number;
    };
    query: {
    };
    body: M.CustomerUpdateRequest;
    reply: M.CustomerUpdateReply;
  };
  "order create": {
    params: {
    };
    query: {
    };
    body: M.OrderCreateRequest;
    reply: M.OrderCreateReply;
  };
  "order delete": {
    params: {
      order: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "order list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "store_id" | "store_id.in" | "store_id.contains" | "customer_id" | "customer_id.in" | "customer_id.gte" | "customer_id.lte" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.OrderListReply;
    item: M.OrderListReply["data"][number];
  };
  "order show": {
    params: {
      order: number;
    };
    query: {
    };
    body: undefined;
    reply: M.OrderShowReply;
  };
  "order update": {
    params: {
      order: number;
    };
    query: {
    };
    body: M.OrderUpdateRequest;
    reply: M.OrderUpdateReply;
  };
  "user create": {
    params: {
    };
    query: {
    };
    body: M.UserCreateRequest;
    reply: M.UserCreateReply;
  };
  "user delete": {
    params: {
      /** the user's name */
      user: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "user list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "username" | "username.in" | "username.contains" | "first_name" | "first_name.in" | "first_name.contains" | "last_name" | "last_name.in" | "last_name.contains" | "phone" | "phone.in" | "phone.contains" | "customer_id" | "customer_id.in" | "customer_id.gte" | "customer_id.lte" | "is_initial_password" | "is_initial_password.in"]?: string };
    body: undefined;
    reply: M.UserListReply;
    item: M.UserListReply["data"][number];
  };
  "user set-password": {
    params: {
      /** the user's name */
      user: string;
    };
    query: {
    };
    body: M.UserSetPasswordRequest;
    reply: M.UserSetPasswordReply;
  };
  "user show": {
    params: {
      /** the user's name */
      user: string;
    };
    query: {
    };
    body: undefined;
    reply: M.UserShowReply;
  };
  "user update": {
    params: {
      /** the user's name */
      user: string;
    };
    query: {
    };
    body: M.UserUpdateRequest;
    reply: M.UserUpdateReply;
  };
  "api-key create": {
    params: {
    };
    query: {
    };
    body: M.ApiKeyCreateRequest;
    reply: M.ApiKeyCreateReply;
  };
  "api-key list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "name" | "name.in" | "name.contains" | "key" | "key.in" | "key.contains" | "is_read_only" | "is_read_only.in" | "is_revoked" | "is_revoked.in" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.ApiKeyListReply;
    item: M.ApiKeyListReply["data"][number];
  };
  "api-key revoke": {
    params: {
      /** the API key, which is no secret */
      key: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "api-key rotate": {
    params: {
      /** the API key, which is no secret */
      key: string;
    };
    query: {
    };
    body: undefined;
    reply: M.ApiKeyRotateReply;
  };
  "api-key show": {
    params: {
      /** the API key, which is no secret */
      key: string;
    };
    query: {
    };
    body: undefined;
    reply: M.ApiKeyShowReply;
  };
  "api-key update": {
    params: {
      /** the API key, which is no secret */
      key: string;
    };
    query: {
    };
    body: M.ApiKeyUpdateRequest;
    reply: M.ApiKeyUpdateReply;
  };
  "oauth-client create": {
    params: {
    };
    query: {
    };
    body: M.OauthClientCreateRequest;
    reply: M.OauthClientCreateReply;
  };
  "oauth-client list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "name" | "name.in" | "name.contains" | "client_id" | "client_id.in" | "client_id.contains" | "is_read_only" | "is_read_only.in" | "is_revoked" | "is_revoked.in" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.OauthClientListReply;
    item: M.OauthClientListReply["data"][number];
  };
  "oauth-client revoke": {
    params: {
      /** the client's id, which is no secret */
      client: string;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "oauth-client rotate": {
    params: {
      /** the client's id, which is no secret */
      client: string;
    };
    query: {
    };
    body: undefined;
    reply: M.OauthClientRotateReply;
  };
  "oauth-client show": {
    params: {
      /** the client's id, which is no secret */
      client: string;
    };
    query: {
    };
    body: undefined;
    reply: M.OauthClientShowReply;
  };
  "oauth-client update": {
    params: {
      /** the client's id, which is no secret */
      client: string;
    };
    query: {
    };
    body: M.OauthClientUpdateRequest;
    reply: M.OauthClientUpdateReply;
  };
  "signing-key export": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.SigningKeyExportReply;
  };
  "signing-key list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "state" | "state.in" | "state.contains" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.SigningKeyListReply;
    item: M.SigningKeyListReply["data"][number];
  };
  "signing-key retire": {
    params: {
      key: number;
    };
    query: {
    };
    body: undefined;
    reply: M.SigningKeyRetireReply;
  };
  "signing-key rotate": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.SigningKeyRotateReply;
  };
  "signing-key show": {
    params: {
      key: number;
    };
    query: {
    };
    body: undefined;
    reply: M.SigningKeyShowReply;
  };
  "seat bulk-release": {
    params: {
    };
    query: {
    };
    body: M.SeatBulkReleaseRequest;
    reply: M.SeatBulkReleaseReply;
  };
  "hold delete": {
    params: {
      hold: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "hold list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "license" | "license.in" | "license.gte" | "license.lte" | "product" | "product.in" | "product.contains" | "feature" | "feature.in" | "feature.contains" | "holder" | "holder.in" | "holder.contains" | "until" | "until.in" | "until.gte" | "until.lte" | "reason" | "reason.in" | "reason.contains"]?: string };
    body: undefined;
    reply: M.HoldListReply;
    item: M.HoldListReply["data"][number];
  };
  "pool list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.contains" | "license" | "license.in" | "license.gte" | "license.lte" | "product" | "product.in" | "product.contains" | "feature" | "feature.in" | "feature.contains" | "channel" | "channel.in" | "channel.contains" | "seats" | "seats.in" | "seats.gte" | "seats.lte" | "in_use" | "in_use.in" | "in_use.gte" | "in_use.lte" | "timeout_seconds" | "timeout_seconds.in" | "timeout_seconds.gte" | "timeout_seconds.lte" | "can_borrow" | "can_borrow.in"]?: string };
    body: undefined;
    reply: M.PoolListReply;
    item: M.PoolListReply["data"][number];
  };
  "seat list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "license" | "license.in" | "license.gte" | "license.lte" | "product" | "product.in" | "product.contains" | "feature" | "feature.in" | "feature.contains" | "holder" | "holder.in" | "holder.contains" | "hostname" | "hostname.in" | "hostname.contains" | "local_ip" | "local_ip.in" | "local_ip.contains" | "info" | "info.in" | "info.contains" | "taken_at" | "taken_at.in" | "taken_at.gte" | "taken_at.lte" | "heard_at" | "heard_at.in" | "heard_at.gte" | "heard_at.lte" | "ends_at" | "ends_at.in" | "ends_at.gte" | "ends_at.lte" | "borrowed_until" | "borrowed_until.in" | "borrowed_until.gte" | "borrowed_until.lte"]?: string };
    body: undefined;
    reply: M.SeatListReply;
    item: M.SeatListReply["data"][number];
  };
  "seat release": {
    params: {
      seat: number;
    };
    query: {
    };
    body: M.SeatReleaseRequest;
    reply: M.SeatReleaseReply;
  };
  "seat show": {
    params: {
      seat: number;
    };
    query: {
    };
    body: undefined;
    reply: M.SeatShowReply;
  };
  "request create": {
    params: {
    };
    query: {
    };
    body: M.RequestCreateRequest;
    reply: M.RequestCreateReply;
  };
  "license import": {
    params: {
    };
    query: {
    };
    body: M.LicenseImportRequest;
    reply: M.LicenseImportReply;
  };
  "request list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "request_id" | "request_id.in" | "request_id.contains" | "kind" | "kind.in" | "kind.contains" | "product" | "product.in" | "product.contains" | "license" | "license.in" | "license.gte" | "license.lte" | "at" | "at.in" | "at.gte" | "at.lte" | "is_closed" | "is_closed.in"]?: string };
    body: undefined;
    reply: M.RequestListReply;
    item: M.RequestListReply["data"][number];
  };
  "license remove": {
    params: {
      license: number;
    };
    query: {
    };
    body: M.LicenseRemoveRequest;
    reply: M.LicenseRemoveReply;
  };
  "denial list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "license" | "license.in" | "license.gte" | "license.lte" | "product" | "product.in" | "product.contains" | "feature" | "feature.in" | "feature.contains" | "holder" | "holder.in" | "holder.contains" | "first_at" | "first_at.in" | "first_at.gte" | "first_at.lte" | "last_at" | "last_at.in" | "last_at.gte" | "last_at.lte" | "tries" | "tries.in" | "tries.gte" | "tries.lte" | "code" | "code.in" | "code.contains" | "was_served_later" | "was_served_later.in" | "served_at" | "served_at.in" | "served_at.gte" | "served_at.lte"]?: string };
    body: undefined;
    reply: M.DenialListReply;
    item: M.DenialListReply["data"][number];
  };
  "usage rebuild": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.UsageRebuildReply;
  };
  "denial show": {
    params: {
      /** of its first event */
      denial: number;
    };
    query: {
    };
    body: undefined;
    reply: M.DenialShowReply;
  };
  "usage show": {
    params: {
    };
    query: {
      /** its id */
      license?: string;
      /** code; left out: every pool */
      feature?: string;
      /** left out: 24 hours, 30 days or 26 weeks back, by the bucket */
      from?: string;
      /** left out, or in the future: now */
      to?: string;
      /** of UTC, weeks from Monday on; hour unless said */
      bucket?: "hour" | "day" | "week";
    };
    body: undefined;
    reply: M.UsageShowReply;
  };
  "counter list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.contains" | "license" | "license.in" | "license.gte" | "license.lte" | "license_key" | "license_key.in" | "license_key.contains" | "product" | "product.in" | "product.contains" | "feature" | "feature.in" | "feature.contains" | "consumed" | "consumed.in" | "consumed.gte" | "consumed.lte" | "max_consumptions" | "max_consumptions.in" | "max_consumptions.gte" | "max_consumptions.lte" | "consumption_resets" | "consumption_resets.in" | "consumption_resets.contains" | "resets_at" | "resets_at.in" | "resets_at.gte" | "resets_at.lte"]?: string };
    body: undefined;
    reply: M.CounterListReply;
    item: M.CounterListReply["data"][number];
  };
  "audit list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "at" | "at.in" | "at.gte" | "at.lte" | "kind" | "kind.in" | "kind.contains" | "license" | "license.in" | "license.gte" | "license.lte" | "feature" | "feature.in" | "feature.contains" | "holder" | "holder.in" | "holder.contains" | "actor" | "actor.in" | "actor.contains" | "request_id" | "request_id.in" | "request_id.contains"]?: string };
    body: undefined;
    reply: M.AuditListReply;
    item: M.AuditListReply["data"][number];
  };
  "audit verify": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.AuditVerifyReply;
  };
  "live watch": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.LiveWatchReply;
  };
  "setting list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "name" | "name.in" | "name.contains" | "is_set" | "is_set.in" | "is_secret" | "is_secret.in"]?: string };
    body: undefined;
    reply: M.SettingListReply;
    item: M.SettingListReply["data"][number];
  };
  "server show": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.ServerShowReply;
  };
  "admin create": {
    params: {
    };
    query: {
    };
    body: M.AdminCreateRequest;
    reply: M.AdminCreateReply;
  };
  "admin delete": {
    params: {
      admin: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "admin list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "name" | "name.in" | "name.contains" | "role" | "role.in" | "role.contains" | "is_disabled" | "is_disabled.in" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.AdminListReply;
    item: M.AdminListReply["data"][number];
  };
  "setup run": {
    params: {
    };
    query: {
    };
    body: M.SetupRunRequest;
    reply: M.SetupRunReply;
  };
  "admin show": {
    params: {
      admin: number;
    };
    query: {
    };
    body: undefined;
    reply: M.AdminShowReply;
  };
  "admin update": {
    params: {
      admin: number;
    };
    query: {
    };
    body: M.AdminUpdateRequest;
    reply: M.AdminUpdateReply;
  };
  "token create": {
    params: {
    };
    query: {
    };
    body: M.TokenCreateRequest;
    reply: M.TokenCreateReply;
  };
  "token list": {
    params: {
    };
    query: { [Name in "order" | "limit" | "cursor" | "count" | "format" | "id" | "id.in" | "id.gte" | "id.lte" | "name" | "name.in" | "name.contains" | "role" | "role.in" | "role.contains" | "is_revoked" | "is_revoked.in" | "expires_at" | "expires_at.in" | "expires_at.gte" | "expires_at.lte" | "created_at" | "created_at.in" | "created_at.gte" | "created_at.lte"]?: string };
    body: undefined;
    reply: M.TokenListReply;
    item: M.TokenListReply["data"][number];
  };
  "token revoke": {
    params: {
      token: number;
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "session change-password": {
    params: {
    };
    query: {
    };
    body: M.SessionChangePasswordRequest;
    reply: M.SessionChangePasswordReply;
  };
  "session end": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: undefined;
  };
  "session show": {
    params: {
    };
    query: {
    };
    body: undefined;
    reply: M.SessionShowReply;
  };
  "session start": {
    params: {
    };
    query: {
    };
    body: M.SessionStartRequest;
    reply: M.SessionStartReply;
  };
}

import { Page } from "../../parts/page.tsx";
import { IssueWizard } from "./issue/issue-wizard.tsx";

export function IssueLicensePage() {
  return (
    <Page
      title="Issue license"
      about="A license of a product, for a customer. It is active from its first activation on."
      up={{ to: "/licenses", label: "Licenses" }}
    >
      <IssueWizard />
    </Page>
  );
}

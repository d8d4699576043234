package import CampaignCore
package import Workbooks

/// Here, since `Workbooks` imports nothing of ours.
extension WorkbookError: Explained {
    package var phrase: Phrase { Phrase(verbatim: description) }
}

package import CampaignCore

/// A campaign and where its file is.
package struct LoadedCampaign: Sendable, Equatable {
    /// What the file says.
    package var campaign: Campaign
    /// The absolute path of the campaign file.
    package var path: String
    /// The absolute path of the folder that holds it; paths in the file are relative to it.
    package var folder: String

    /// A campaign that was read from `path`, which lies in `folder`.
    package init(campaign: Campaign, path: String, folder: String) {
        self.campaign = campaign
        self.path = path
        self.folder = folder
    }
}

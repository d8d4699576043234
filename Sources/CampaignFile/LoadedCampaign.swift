public import CampaignCore

/// A campaign and where its file is.
public struct LoadedCampaign: Sendable, Equatable {
    /// What the file says.
    public var campaign: Campaign
    /// The absolute path of the campaign file.
    public var path: String
    /// The absolute path of the folder that holds it; paths in the file are relative to it.
    public var folder: String

    /// A campaign that was read from `path`, which lies in `folder`.
    public init(campaign: Campaign, path: String, folder: String) {
        self.campaign = campaign
        self.path = path
        self.folder = folder
    }
}

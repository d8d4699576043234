import Foundation

/// The campaign of the demo, in this checkout.
enum DemoCampaign {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "campaigns/demo").path
}

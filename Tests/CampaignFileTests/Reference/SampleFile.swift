import CampaignCore
import CampaignFile
import Foundation

/// Campaign files for the documentation's tests: required keys that a text lacks are added.
enum SampleFile {
    static let environment = [
        "ZAPI_INSTANCE_ID": "3C01A7B2", "ZAPI_INSTANCE_TOKEN": "tkn-5up3r", "ZAPI_CLIENT_TOKEN": "cli-5up3r",
        "WORKERS": "4", "NOTIFY_URL": "https://example.com/hook/5up3r",
        "NOTIFY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]

    /// `text` with a name and an instance, where it has none.
    static func completed(_ text: String) -> String {
        var text = text.hasSuffix("\n") ? text : text + "\n"
        if !has("name", text) { text += "name: sample\n" }
        if !has("instances", text) { text += instances("") + "\n" }
        return text
    }

    /// The instances of a file: one, with `addition` among its keys.
    static func instances(_ addition: String) -> String {
        "instances: [{name: sales, id: A, token: \"${ZAPI_INSTANCE_TOKEN}\"\(addition.isEmpty ? "" : ", " + addition)}]"
    }

    static func campaign(_ text: String) throws(CampaignFileError) -> Campaign {
        try CampaignFile.parse(text, path: "campaign.yml", environment: environment)
    }

    /// The reader's errors about a file, without the file's name and lines; empty when it is valid.
    static func complaints(about text: String) -> [String] {
        problems(of: text).map(\.sentence.english)
    }

    static func problems(of text: String) -> [CampaignFileError.Problem] {
        do throws(CampaignFileError) {
            _ = try campaign(text)
            return []
        } catch {
            return error.problems
        }
    }

    private static func has(_ key: String, _ text: String) -> Bool {
        text.split(separator: "\n").contains { $0.hasPrefix("\(key):") }
    }
}

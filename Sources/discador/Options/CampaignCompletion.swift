import ArgumentParser
import CampaignFile
import CampaignStore
import Foundation

extension CompletionKind {
    /// The campaigns of the database, and folders that have a campaign or lead to one.
    ///
    /// The shell runs the program for each word that it completes.
    static let campaign = CompletionKind.custom { words, _, prefix in
        CampaignCompletion(words: words, prefix: prefix).candidates
    }
}

/// What a shell suggests in the place of a campaign. Nothing of it is an error: then there is nothing to suggest.
struct CampaignCompletion {
    /// The command line so far, as it is written.
    let words: [String]
    /// What is written of the word to be completed.
    let prefix: String

    var candidates: [String] {
        (names + folders).filter { $0.hasPrefix(prefix) }
    }

    private var names: [String] {
        let given = words.lastIndex(of: "--db").map { words.dropFirst($0 + 1).first } ?? nil
        var options = GlobalOptions()
        options.database = given ?? words.lazy.compactMap { $0.hasPrefix("--db=") ? String($0.dropFirst(5)) : nil }.last
        let campaigns = try? StoreReader(path: options.databasePath).campaigns()
        return campaigns?.map(\.name) ?? []
    }

    private var folders: [String] {
        let parent = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        let files = FileManager.default
        let entries = (try? files.contentsOfDirectory(atPath: parent.isEmpty ? "." : parent)) ?? []
        return entries.filter { !$0.hasPrefix(".") }.sorted().compactMap { entry in
            var isFolder: ObjCBool = false
            let path = parent + entry
            guard files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return nil }
            return files.fileExists(atPath: "\(path)/\(CampaignFile.fileName)") ? path : path + "/"
        }
    }
}

package import CampaignCore

extension CampaignFile {
    /// How a campaign and an instance may be called.
    package static let nameRule = Phrase(
        "up to 64 letters (a-z), digits, -, _ or ., a letter or digit first",
        "até 64 letras (a-z), dígitos, -, _ ou ., começando com letra ou dígito")

    /// Whether a campaign may be called so: the name becomes part of file names, reports and commands.
    package static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]{0,63}/) != nil
    }

    /// The text of a campaign file for another campaign with the same settings: with another name, without a list, and
    /// otherwise as it is, comments included.
    ///
    /// - Parameters:
    ///   - argument: a campaign folder, or the campaign file itself.
    ///   - name: a name as ``isName(_:)`` wants it.
    ///   - environmentFile: as for ``load(_:environmentFile:environment:needsSecrets:)``, as is `environment`.
    /// - Throws: what is wrong with the file; or that its name and its list are not on lines of their own.
    package static func text(
        copiedFrom argument: String, named name: String, environmentFile: String?, environment: [String: String]
    ) throws(CampaignFileError) -> String {
        let path = try path(of: argument)
        let text = try SourceFile(path: path).text
        let variables = try variables(in: environmentFile, beside: path).values.merging(environment) { $1 }
        var expected = try read(text, path: path, environment: variables, needsSecrets: false).campaign
        (expected.name, expected.contacts) = (name, nil)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let copy = lines.map { line in
            if isEntry(line, "name") { return "name: \(name)\(comment(of: line))" }
            return isEntry(line, "contacts") ? "#\(line)" : String(line)
        }.joined(separator: "\n")
        // Whatever the lines look like: nothing else may have become other than it was.
        guard let found = try? read(copy, path: path, environment: variables, needsSecrets: false).campaign,
            found == expected
        else {
            throw CampaignFileError(
                path: path,
                message: Phrase(
                    "its name and its list are not on lines of their own, so it cannot be copied by itself",
                    "o nome e a lista não estão em linhas próprias, e por isso ele não pode ser copiado sozinho"),
                remedy: Phrase(
                    "copy the folder by hand, and write another name into it",
                    "copie a pasta à mão e escreva outro nome nele"))
        }
        return copy
    }

    private static func isEntry(_ line: Substring, _ key: String) -> Bool {
        guard line.hasPrefix(key) else { return false }
        return line.dropFirst(key.count).drop { $0 == " " || $0 == "\t" }.first == ":"
    }

    /// The comment at the end of a line, with what is before it; empty when there is none.
    private static func comment(of line: Substring) -> Substring {
        var place = line.startIndex
        while let sign = line[place...].firstIndex(of: "#") {
            let before: Character? = sign == line.startIndex ? nil : line[line.index(before: sign)]
            if before == " " || before == "\t" {
                let kept = line[..<sign].lastIndex { $0 != " " && $0 != "\t" }.map(line.index(after:)) ?? sign
                return line[kept...]
            }
            place = line.index(after: sign)
        }
        return ""
    }
}

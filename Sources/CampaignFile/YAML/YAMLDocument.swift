import CampaignCore
import Yams

/// The YAML of a campaign file.
enum YAMLDocument {
    /// The document's one mapping.
    static func root(of text: String, path: String) throws(CampaignFileError) -> YAMLValue {
        let node: Node?
        do {
            // No implicit types: 2026-12-25, 09:00 and 55 stay the text they are. The encoding is named because Yams
            // would else look for it in the process environment.
            node = try Yams.compose(yaml: text, Resolver.basic, Constructor.default, .utf8)
        } catch let error as YamlError {
            throw CampaignFileError(path: path, problems: [problem(error)])
        } catch {
            throw CampaignFileError(
                path: path, message: Phrase("the file cannot be read as YAML", "o arquivo não pode ser lido como YAML"),
                remedy: Phrase("check its syntax", "confira a sintaxe"))
        }
        guard let node else { throw emptyFile(path) }
        let value = YAMLValue(
            node: node, location: SourceLocation(keyPath: "", line: node.mark?.line, column: node.mark?.column))
        if value.isMissing { throw emptyFile(path) }
        guard case .mapping = node else {
            throw CampaignFileError(
                path: path,
                line: node.mark?.line,
                column: node.mark?.column,
                message: Phrase(
                    "the file is not a mapping of keys to values",
                    "o arquivo não é um mapeamento de chaves para valores"),
                remedy: Phrase(
                    "begin with a line such as name: my-campaign", "comece com uma linha como name: my-campaign")
            )
        }
        return value
    }

    private static func emptyFile(_ path: String) -> CampaignFileError {
        CampaignFileError(
            path: path, message: Phrase("the file is empty", "o arquivo está vazio"),
            remedy: Phrase("write at least name and instances", "escreva pelo menos name e instances"))
    }

    /// The YAML parser's error, without the lines of the file that its own messages quote.
    private static func problem(_ error: YamlError) -> CampaignFileError.Problem {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let during = context.map { " \($0.text)" } ?? ""
            return syntax(
                "\(problem)\(during)", mark,
                remedy: Phrase(
                    "check indentation, brackets and quotes", "confira a indentação, os colchetes e as aspas"))
        case .composer(let context, let problem, let mark, _):
            let before = context.map { "\($0.text) " } ?? ""
            return syntax(
                "\(before)\(problem)", mark,
                remedy: Phrase(
                    "write one document, with aliases after their anchors",
                    "escreva um só documento, com os aliases depois das suas âncoras"))
        case .duplicatedKeysInMapping(let keys, let context):
            // Yams gives the location of the first of them.
            let key =
                keys.first.flatMap { KeyName.isPresentable($0) ? Phrase(verbatim: "`\($0)`") : nil }
                ?? Phrase("this key", "esta chave")
            return CampaignFileError.Problem(
                line: context.mark.line,
                column: context.mark.column,
                message: key
                    + Phrase(
                        " is written more than once in the same mapping", " aparece mais de uma vez no mesmo mapeamento"
                    ),
                remedy: Phrase("keep one of them", "fique com uma delas")
            )
        case .reader(let problem, let offset, _, let text):
            return CampaignFileError.Problem(
                line: offset.map { text.prefix($0).count(where: \.isNewline) + 1 },
                message: Phrase(
                    "the file cannot be read as YAML (\(problem))", "o arquivo não pode ser lido como YAML (\(problem))"
                ),
                remedy: Phrase("remove the characters that are not text", "remova os caracteres que não são texto")
            )
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return CampaignFileError.Problem(
                message: Phrase("the file cannot be read as YAML", "o arquivo não pode ser lido como YAML"),
                remedy: Phrase("check its syntax", "confira a sintaxe"))
        }
    }

    private static func syntax(_ problem: String, _ mark: Mark, remedy: Phrase) -> CampaignFileError.Problem {
        CampaignFileError.Problem(
            line: mark.line,
            column: mark.column,
            message: Phrase(
                "invalid YAML at column \(mark.column) (\(problem))",
                "YAML inválido na coluna \(mark.column) (\(problem))"),
            remedy: remedy
        )
    }
}

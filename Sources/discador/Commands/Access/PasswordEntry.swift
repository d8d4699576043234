import CampaignCore
import Glibc

/// Takes a password from a person or a program; it is never an argument, which others on the machine can read.
struct PasswordEntry {
    let output: Output

    /// The first line of standard input.
    func fromInput() throws -> String {
        try checked(readLine() ?? "")
    }

    /// Asks twice, without showing what is typed.
    ///
    /// - Returns: nil without a terminal, or when the person wants no password.
    func fromTerminal() throws -> String? {
        guard isatty(STDIN_FILENO) == 1, output.errors.isTerminal else { return nil }
        let first = try hidden(Phrase("Password (empty: none):", "Senha (vazia: nenhuma):"))
        guard !first.isEmpty else { return nil }
        _ = try checked(first)
        let again = try hidden(Phrase("The same again:", "A mesma de novo:"))
        guard first == again else {
            throw Failure(
                .usage,
                Phrase(
                    "The two passwords are not the same: nothing was changed.",
                    "As duas senhas não são iguais: nada foi alterado."))
        }
        return first
    }

    private func checked(_ password: String) throws -> String {
        if let problem = PasswordHash.problem(with: password) {
            throw Failure(
                .usage,
                Phrase("This password cannot be used: ", "Esta senha não serve: ") + problem + Phrase(verbatim: "."))
        }
        return password
    }

    /// Reads a line from the terminal, which does not show it.
    private func hidden(_ question: Phrase) throws -> String {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw Self.unusable }
        var hiding = shown
        // Not even signals: a process that is ended here would leave a terminal that shows nothing.
        hiding.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hiding) == 0 else { throw Self.unusable }
        defer {
            _ = tcsetattr(STDIN_FILENO, TCSADRAIN, &shown)
            output.errors.write(Array("\n".utf8))
        }
        // What was typed before the question is not the answer.
        output.errors.write(Array("\(output.errors.look.folded(question[output.language])) ".utf8))
        return try line()
    }

    private func line() throws -> String {
        var (typed, byte) = ([UInt8](), UInt8(0))
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            // The terminal is gone, or Ctrl-C, Ctrl-D or Ctrl-\ was pressed.
            guard count == 1, ![3, 4, 28].contains(byte) else {
                throw Failure(.interrupted, Phrase("stopped; nothing was changed.", "parou; nada foi alterado."))
            }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return String(decoding: typed, as: UTF8.self)
            // Backspace: a whole letter.
            case 8, 127:
                while let last = typed.popLast(), last & 0xC0 == 0x80 {}
            // Ctrl-U: the whole line.
            case 21: typed = []
            default: typed.append(byte)
            }
        }
    }

    private static let unusable = Failure(
        .usage,
        Phrase(
            "The terminal cannot hide what is typed: give the password with --password-stdin.",
            "O terminal não consegue esconder o que é digitado: passe a senha com --password-stdin."))
}

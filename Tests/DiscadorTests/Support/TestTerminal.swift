import Foundation
import Glibc
import Testing

@testable import discador

/// A pseudo-terminal whose screen can be looked at.
final class TestTerminal {
    /// What a program writes to.
    let descriptor: Int32
    /// TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), which Swift cannot import.
    private static let (lock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
    private let screenSide: Int32
    private var size: TerminalSize
    /// All rows that were ever begun; the last `size.rows` are on the screen.
    private var rows = [""]
    private var row = 0
    /// Whether something on the screen has been cleared, or more rows used than there are.
    private(set) var leftScreen = false
    /// The texts that have been written in color so far, with the number of the color.
    private(set) var colored: [(text: String, color: Int)] = []
    private var color: Int?

    init(_ size: TerminalSize) throws {
        screenSide = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (unlocked, number) = (Int32(0), Int32(0))
        try #require(screenSide >= 0 && ioctl(screenSide, Self.lock, &unlocked) == 0)
        try #require(ioctl(screenSide, Self.number, &number) == 0)
        descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(descriptor >= 0)
        self.size = size
        var window = winsize(ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(screenSide, UInt(TIOCSWINSZ), &window) == 0)
        // A newline goes to the first column here anyway.
        var settings = termios()
        try #require(tcgetattr(descriptor, &settings) == 0)
        settings.c_oflag = 0
        try #require(tcsetattr(descriptor, TCSANOW, &settings) == 0)
        _ = fcntl(screenSide, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        close(screenSide)
    }

    /// What the terminal has shown so far, also what has left its screen at the top, without the empty row at the end.
    func lines() -> [String] {
        read()
        return Array(rows.prefix(row))
    }

    /// Takes in what has been written since, and returns how many bytes that was.
    @discardableResult
    func read() -> Int {
        var text = ""
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var total: [UInt8] = []
        while case let count = bytes.withUnsafeMutableBytes({ Glibc.read(screenSide, $0.baseAddress, $0.count) }),
            count > 0
        {
            total += bytes.prefix(count)
        }
        text = String(decoding: total, as: UTF8.self)
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\n": moveDown()
            case "\u{1B}": control(&rest)
            default:
                rows[row].unicodeScalars.append(scalar)
                if color != nil { colored[colored.count - 1].text.unicodeScalars.append(scalar) }
            }
        }
        return total.count
    }

    /// Moves down a row, whose text is overwritten only after it has been cleared.
    private func moveDown() {
        row += 1
        if row == rows.count { rows.append("") }
    }

    /// `ESC [ <n> m` color, `F` up, `E` down, `K` clears the row, `J` everything below as well.
    private func control(_ rest: inout Substring.UnicodeScalarView) {
        guard rest.popFirst() == "[" else { return }
        var number = 0
        while let scalar = rest.popFirst() {
            if let digit = Int(String(scalar)) {
                number = number * 10 + digit
                continue
            }
            switch scalar {
            case "F":
                row -= number
                if row < max(rows.count - size.rows, 0) {
                    leftScreen = true
                    row = max(row, 0)
                }
            case "m":
                // 39 is the terminal's own color.
                color = number == 39 ? nil : number
                if let color { colored.append(("", color)) }
            case "E": for _ in 0..<number { moveDown() }
            case "K": rows[row] = ""
            case "J":
                rows[row] = ""
                for below in rows.indices.dropFirst(row + 1) { rows[below] = "" }
            default: leftScreen = true
            }
            return
        }
    }
}

import TestKit
import Testing
import Values

@testable import People

private func problems(_ bytes: [UInt8], most: Int = 100) -> [String] {
    var options = StaffList.options
    options.mostProblems = most
    do throws(ImportRefusal) {
        _ = try StaffImport(bytes, options: options)
        return []
    } catch {
        return error.problems.isEmpty ? [error.sentence] : error.problems.map(\.sentence)
    }
}

@Suite struct StaffRowTests {
    @Test func `all that is wrong with the first line is said at once`() {
        let found = problems(Array("staff_number;name;salary;name;team\n".utf8))
        #expect(found.count == 4)
        #expect(
            found[0].hasPrefix(
                "Line 1, column 19: The column \"salary\" is not known here. Known are staff_number, name"))
        #expect(found[1] == "Line 1, column 26: The column name is there twice.")
        #expect(found[2] == "Line 1, column 1: The column username is missing.")
        #expect(found[3].contains("The column team needs the column directorate"))
    }

    @Test func `every bad value is reported with its line, column and reason`() {
        let bytes = StaffList.bytes(
            "1,Ñandú Ruiz,ruiz,O,Debt,Quay,Green,beach,adviser;boss,Welsh:7,2026-02-30,",
            ",X,x y,O,,,Green,home,adviser,Welsh,2026-01-01,2026-01-01", "3,Short", "4,Zoe,zoe,O,,,,home,,,,")
        #expect(
            problems(bytes) == [
                "Line 2, column 64: \"2026-02-30\" is no day; write 2026-11-22.",
                "Line 2, column 37: \"beach\" is no place of work; write home, office or touchdown.",
                "Line 2, column 43: \"boss\" is no role; there are adviser, team_leader, planner, analyst, workplace_officer, administrator, auditor.",
                "Line 2, column 56: \"Welsh:7\" is no skill with a level from 1 to 5; write Welsh:3.",
                "Line 3, column 48: Nobody leaves on or before the day from which the row holds, 2026-01-01.",
                "Line 3, column 12: A team needs a directorate.",
                "Line 3, column 1: The staff_number is missing.",
                "Line 3, column 4: \"x y\" cannot be a username: use 2 to 64 letters, digits, dots, hyphens, underscores or @.",
                "Line 3, column 31: \"Welsh\" is no skill with a level from 1 to 5; write Welsh:3.",
                "Line 4, column 3: This row has 2 values, the first line has 12.",
            ])
    }

    @Test func `a staff number or username that comes twice is reported with its first line`() {
        let bytes = StaffList.bytes("1,A,aa,O,,,,home,,,,", "1,B,bb,O,,,,home,,,,", "3,C,AA,O,,,,home,,,,")
        #expect(
            problems(bytes) == [
                "Line 3, column 1: The staff_number 1 is already in line 2.",
                "Line 4, column 5: The username aa is already in line 2.",
            ])
    }

    @Test func `beyond the limit problems are only counted`() {
        let rows = (0..<50).map { _ in "x,y\n" }.joined()
        let bytes = Array((StaffList.header + "\n" + rows).utf8)
        #expect(problems(bytes, most: 3).count == 3)
        #expect(throws: ImportRefusal.self) { try StaffImport(bytes, options: StaffList.options) }
        do {
            _ = try StaffImport(bytes, options: StaffList.options)
        } catch {
            #expect(error.sentence.hasPrefix("50 things are wrong. Line 2, column 3:"))
        }
    }

    @Test func `an empty file, one without rows and a broken one are refused in words`() {
        #expect(problems([]) == ["The file has no rows."])
        #expect(problems(Array(StaffList.header.utf8)) == ["The file has no rows."])
        #expect(problems(StaffList.bytes("1,\"A")) == ["The quotation mark at line 2, column 3 is never closed."])
    }

    @Test func `any bytes behind a good first line are read or refused`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("Staff lists: seed \(seed)")
        var random = SeededChance(seed: seed)
        let alphabet = Array("1ab,,,,;;::\"\n\u{7}é2026-01-01homeadviser".utf8)
        for _ in 0..<400 {
            let tail = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            for problem in problems(Array((StaffList.header + "\n").utf8) + tail) { #expect(!problem.isEmpty) }
        }
    }
}

extension StaffRowTests {
    @Test(arguments: ["Blue Team", " Blue  Team ", "Blue\u{A0}Team", "Blue\r\nTeam\t", "Blue\tTeam"])
    func `a name is read as names are stored`(text: String) throws {
        #expect(StaffHeader.trimmed(text) == "Blue Team")
        #expect(StaffHeader.trimmed("") == "" && StaffHeader.trimmed(" ") == "")
    }
}

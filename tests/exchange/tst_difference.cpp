#include <exchange/difference.h>

#include <QRandomGenerator>
#include <QTest>

using headrace::exchange::differenceOf;
using headrace::exchange::Edit;

namespace {

QStringList letters(const QString &text)
{
    QStringList result;
    for (const QChar c : text)
        result += QString(c);
    return result;
}

/// "ab-c+d": a and b stay, c goes, d comes.
QString written(const QStringList &left, const QStringList &right, const QList<Edit> &edits)
{
    QString text;
    for (const Edit &edit : edits) {
        if (edit.kind == Edit::Kind::Removed)
            text += u'-' + left.mid(edit.left, edit.count).join(QString());
        else if (edit.kind == Edit::Kind::Added)
            text += u'+' + right.mid(edit.right, edit.count).join(QString());
        else
            text += u'=' + left.mid(edit.left, edit.count).join(QString());
    }
    return text;
}

/// What the edits make of the left list.
QStringList applied(const QStringList &left, const QStringList &right, const QList<Edit> &edits)
{
    QStringList result;
    qsizetype at = 0;
    for (const Edit &edit : edits) {
        if (edit.left != at || edit.right != result.size() || edit.count <= 0)
            return { QStringLiteral("a gap") };
        if (edit.kind == Edit::Kind::Same
            && left.mid(at, edit.count) != right.mid(edit.right, edit.count))
            return { QStringLiteral("not the same") };
        if (edit.kind != Edit::Kind::Removed)
            result += right.mid(edit.right, edit.count);
        if (edit.kind != Edit::Kind::Added)
            at += edit.count;
    }
    return at == left.size() ? result : QStringList { QStringLiteral("not all") };
}

qsizetype changes(const QList<Edit> &edits)
{
    qsizetype count = 0;
    for (const Edit &edit : edits)
        count += edit.kind == Edit::Kind::Same ? 0 : edit.count;
    return count;
}

/// Length of the longest common subsequence, the plain way.
qsizetype commonLength(const QStringList &left, const QStringList &right)
{
    QList<qsizetype> row(right.size() + 1);
    for (const QString &line : left) {
        qsizetype diagonal = 0;
        for (qsizetype i = 0; i < right.size(); ++i) {
            const qsizetype above = row.at(i + 1);
            row[i + 1] = line == right.at(i) ? diagonal + 1 : std::max(above, row.at(i));
            diagonal = above;
        }
    }
    return row.constLast();
}

} // namespace

class DifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void lists_areComparedByLines_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *left, const char *right, const char *expected) {
            QTest::addRow("%s > %s", left, right)
                << QString::fromLatin1(left) << QString::fromLatin1(right)
                << QString::fromLatin1(expected);
        };
        row("", "", "");
        row("abc", "abc", "=abc");
        row("", "abc", "+abc");
        row("abc", "", "-abc");
        row("abc", "abxc", "=ab+x=c");
        row("abxc", "abc", "=ab-x=c");
        row("axc", "ayc", "=a-x+y=c");
        row("abc", "xyz", "-abc+xyz");
        row("abcabba", "cbabac", "-ab=c+b=ab-b=a+c");
        row("aaaa", "aa", "=aa-aa");
    }

    void lists_areComparedByLines()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, expected);
        const QStringList from = letters(left);
        const QStringList to = letters(right);
        const QList<Edit> edits = differenceOf(from, to);
        QCOMPARE(applied(from, to, edits), to);
        QCOMPARE(changes(edits), from.size() + to.size() - 2 * commonLength(from, to));
        QCOMPARE(written(from, to, edits), expected);
    }

    void randomLists_getTheShortestWay()
    {
        QRandomGenerator random(7);
        const auto make = [&random] {
            QString text;
            for (int length = random.bounded(40); length > 0; --length)
                text += QChar(u'a' + random.bounded(4));
            return letters(text);
        };
        for (int i = 0; i < 2000; ++i) {
            const QStringList left = make();
            const QStringList right = make();
            const QList<Edit> edits = differenceOf(left, right);
            QCOMPARE(applied(left, right, edits), right);
            QCOMPARE(changes(edits), left.size() + right.size() - 2 * commonLength(left, right));
        }
    }

    void lists_tooDifferent_areExchangedAsAWhole()
    {
        QStringList left { QStringLiteral("first") };
        QStringList right = left;
        for (int i = 0; i < 5000; ++i) {
            left += QStringLiteral("left %1").arg(i);
            right += QStringLiteral("right %1").arg(i);
        }
        left += QStringLiteral("last");
        right += QStringLiteral("last");
        const QList<Edit> edits = differenceOf(left, right, 500);
        QCOMPARE(edits.size(), 4);
        QCOMPARE(edits.at(1), (Edit { Edit::Kind::Removed, 1, 1, 5000 }));
        QCOMPARE(edits.at(2), (Edit { Edit::Kind::Added, 5001, 1, 5000 }));
        QCOMPARE(applied(left, right, edits), right);
    }
};

QTEST_GUILESS_MAIN(DifferenceTest)
#include "tst_difference.moc"

#pragma once

#include <formats/formdata.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// The parts of a form, one a row, and an empty row at the end that becomes one when it is filled.
class FormPartsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Kind, ///< Checked: the content is a file.
        Content, ///< Text, or the path of the file.
        FileName, ///< As the server is told.
        Type,
        ColumnCount
    };

    enum Role
    {
        ProblemRole = Qt::UserRole ///< Something is wrong with the part.
    };

    explicit FormPartsModel(QObject *parent = nullptr);

    QList<formats::FormPart> parts() const;
    void setParts(const QList<formats::FormPart> &parts);
    void addFile(const QString &path); ///< A part named "file" at the end.
    void removePart(int row);

    /// What is wrong with one part; shown in its row. -1: nothing is.
    void setProblem(int row, const QString &message);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void changed();

private:
    QString textOf(const formats::FormPart &part, Column column) const;
    static void setText(formats::FormPart &part, Column column, const QString &text);
    static void setFile(formats::FormPart &part, bool isFile);

    QList<formats::FormPart> m_parts;
    QList<bool> m_isFile; ///< By part: also while no path is typed yet.
    int m_problemRow = -1;
    QString m_problem;
};

} // namespace headrace::ui

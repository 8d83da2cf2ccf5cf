export { createReports, type Reports, type ReportParts } from './service.js'
